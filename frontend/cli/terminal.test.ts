import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { jsonLine, printable, Terminal } from './terminal';

const evil = 'a\u001B[2J\u009B31m\u202Eb';

function on(isTTY: boolean, json = false) {
  const results = new PassThrough();
  const messages = Object.assign(new PassThrough(), { isTTY, columns: 40 });
  return { results, messages, terminal: new Terminal(results, messages, json) };
}

describe('what is written to a terminal', () => {
  it('never steers it', () => {
    expect(printable(evil)).toBe('a�[2J�31m�b');
    expect(printable('👩‍👧 stays')).toBe('👩‍👧 stays');
  });

  it('is the same document in JSON, whatever signs are in it', () => {
    const document = { caption: `${evil}\u{E0041}\uD800` };
    const line = jsonLine(document);
    expect(line).not.toMatch(/[\p{C}]/u);
    expect(JSON.parse(line)).toEqual(document);
  });

  it('has a bar that fits where somebody looks on, and goes away', async () => {
    const { messages, terminal } = on(true);
    terminal.progress(1, 2, 'files of a very long description');
    terminal.finish();
    messages.end();
    const [bar = '', after] = (await text(messages)).split('\r');
    expect(bar).toMatch(/^█{12}░{12} 1 of 2/);
    expect(bar.length).toBeLessThan(40);
    expect(after).toBe('\u001B[K');
  });

  it('has every result in a file, though somebody looks on', () => {
    expect(on(true).terminal.hasViewer).toBe(false);
  });

  it.each([
    [false, false],
    [true, true],
  ])('has no bar in a file or beside JSON (terminal %s, JSON %s)', async (isTTY, json) => {
    const { messages, terminal } = on(isTTY, json);
    terminal.progress(1, 2, 'files');
    terminal.finish();
    messages.end();
    expect(await text(messages)).toBe('');
  });
});
