import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { minifySync, type Plugin } from 'vite';
import { FIRST_CALLS } from './src/shared/pictures/listed.ts';

/** Puts the first script beside the page, a file of its own as the content security policy asks, before all others. */
export function firstScript(): Plugin {
  const source = readFileSync(new URL('first/first.js', import.meta.url), 'utf8');
  const { code } = minifySync('first.js', source.replace('__CALLS__', JSON.stringify(FIRST_CALLS)));
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 8);
  const fileName = `assets/first-${hash}.js`;
  return {
    name: 'first-script',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: code });
    },
    transformIndexHtml: () => [
      { tag: 'script', attrs: { src: `/${fileName}`, async: true }, injectTo: 'head-prepend' },
    ],
  };
}
