import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sessionFile } from './session';
import { folder, png, TestGallery, type } from './testing';
import { TestPool } from './testingPool';

let gallery: TestGallery;
let pool: TestPool;
let home: string;

beforeEach(async () => {
  gallery = new TestGallery();
  pool = new TestPool();
  home = folder();
  await gallery.open();
  await pool.open();
  gallery.settings.identity = pool.identity;
});

afterEach(() => {
  gallery.close();
  pool.close();
});

const ask = (words: string[], input = '') =>
  type(words, { GALLERY_URL: gallery.url, XDG_CONFIG_HOME: home }, { input });

const file = () => sessionFile(gallery.url, { XDG_CONFIG_HOME: home });

/** The tokens that calls came with. */
const tokens = (name: string) => gallery.calls(name).map(({ authorization }) => authorization);

describe('signing in', () => {
  it('takes a password that nobody hears of, and is kept for further commands in a file of one’s own', async () => {
    const ended = await ask(['login', pool.email], `${pool.password}\n`);
    expect([ended.code, ended.printed]).toEqual([0, `Signed in as ${pool.email}.\n`]);
    const kept = readFileSync(file(), 'utf8');
    expect(JSON.stringify(pool.received) + ended.messages + kept).not.toContain(pool.password);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    await ask(['list']);
    expect(tokens('GET /api/images')).toEqual([expect.stringMatching(/^Bearer ey/)]);
  });

  it('asks for the address where none is given', async () => {
    expect((await ask(['login'], `${pool.email}\n${pool.password}\n`)).code).toBe(0);
  });

  it('uploads private pictures from then on', async () => {
    await ask(['login', pool.email], `${pool.password}\n`);
    const root = folder();
    writeFileSync(join(root, 'a.png'), png(1));
    await ask(['upload', root]);
    expect(gallery.calls('POST /api/uploads')[0]?.body.toString()).toContain('"visibility":"private"');
  });

  it('refuses a wrong password, and keeps nothing', async () => {
    const ended = await ask(['login', pool.email], 'wrong\n');
    expect([ended.code, readdirSync(home)]).toEqual([3, []]);
    expect(ended.messages).toMatch(/don’t belong together/);
  });

  it('replaces the password of an invitation', async () => {
    pool.isTemporary = true;
    expect((await ask(['login', pool.email], `${pool.password}\nNew-Pass-1234\n`)).code).toBe(0);
    expect(pool.password).toBe('New-Pass-1234');
  });

  it('says where nobody can', async () => {
    gallery.settings.identity = null;
    expect(await ask(['login', pool.email], 'x\n')).toMatchObject({ code: 3 });
  });

  it.each([[['login', 'a@example.org', 'b@example.org']], [['login']], [['logout', 'a']]])(
    'is wrong usage: %j',
    async (words) => {
      expect((await ask(words)).code).toBe(2);
    },
  );

  it('never happens over an open line', async () => {
    expect((await ask(['login', pool.email, '--url', 'http://example.org'], 'x\n')).code).toBe(2);
    expect(pool.received).toEqual([]);
  });
});

describe('a token', () => {
  it('that is about to end is renewed without a word, and kept', async () => {
    pool.lifetime = 1;
    await ask(['login', pool.email], `${pool.password}\n`);
    const before = readFileSync(file(), 'utf8');
    pool.lifetime = 3600;
    const ended = await ask(['list']);
    expect([ended.code, ended.messages]).toEqual([0, '']);
    const asked = pool.received.length;
    await ask(['list']);
    expect(pool.received).toHaveLength(asked);
    expect(readFileSync(file(), 'utf8')).not.toBe(before);
    expect(new Set(tokens('GET /api/images')).size).toBe(1);
  });

  it('that the gallery takes no more is renewed once', async () => {
    await ask(['login', pool.email], `${pool.password}\n`);
    gallery.failures.push(401);
    expect((await ask(['list'])).code).toBe(0);
    expect(new Set(tokens('GET /api/images')).size).toBe(2);
    gallery.failures.push(401, 401);
    expect((await ask(['list'])).code).toBe(3);
  });

  it('that can’t be renewed asks to sign in again', async () => {
    pool.lifetime = 1;
    await ask(['login', pool.email], `${pool.password}\n`);
    pool.revoked = true;
    const ended = await ask(['list']);
    expect([ended.code, ended.messages]).toEqual([
      3,
      expect.stringContaining('“gallery login” signs in again'),
    ]);
  });
});

describe('signing out', () => {
  it('revokes the session and forgets it', async () => {
    await ask(['login', pool.email], `${pool.password}\n`);
    expect(await ask(['logout'])).toMatchObject({ code: 0, printed: 'Signed out.\n' });
    expect([pool.revoked, readdirSync(join(home, 'neural-gallery', 'sessions'))]).toEqual([true, []]);
    await ask(['list']);
    expect(tokens('GET /api/images')).toEqual([undefined]);
    expect((await ask(['logout'])).printed).toBe('Nobody was signed in.\n');
  });
});

it('keeps a session where each platform keeps such things', () => {
  const names = (['linux', 'darwin', 'win32'] as const).map((platform) =>
    sessionFile('https://a', { APPDATA: '/roaming' }, platform),
  );
  expect(names.map((name) => /\.config|Application Support|roaming/.exec(name)?.[0])).toEqual([
    '.config',
    'Application Support',
    'roaming',
  ]);
  expect(sessionFile('https://a', { XDG_CONFIG_HOME: '/xdg' })).not.toBe(
    sessionFile('https://b', { XDG_CONFIG_HOME: '/xdg' }),
  );
});
