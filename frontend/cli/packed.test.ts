import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { folder } from './testing';

it('runs from its package by npx, in a folder where nothing else is', () => {
  const [built, empty] = [folder(), folder()];
  const run = (command: string, words: string[], cwd: string) =>
    execFileSync(command, words, {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, npm_config_cache: join(built, 'cache') },
    });
  const config = resolve('vite.config.cli.ts');
  run(
    'npx',
    ['vite', 'build', '--config', config, '--outDir', join(built, 'cli'), '--logLevel', 'error'],
    process.cwd(),
  );
  chmodSync(join(built, 'cli', 'gallery.js'), 0o755);
  run('npm', ['pack', './cli', '--silent'], built);
  const [tarball = ''] = readdirSync(built).filter((name) => name.endsWith('.tgz'));
  const output = run(
    'npx',
    ['--yes', '--offline', '--package', join(built, tarball), 'gallery', '--help'],
    empty,
  );
  expect(output).toMatch(/^Usage: gallery COMMAND/);
  expect(readdirSync(empty)).toEqual([]);
}, 120_000);
