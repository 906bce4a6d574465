import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

/** The command line, all of it in one file that needs nothing but Node.js. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: { VERSION: JSON.stringify(manifest.version) },
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'cli/main.ts',
    outDir: 'dist-cli',
    target: 'node20.19',
    rolldownOptions: { output: { entryFileNames: 'gallery.js', banner: '#!/usr/bin/env node' } },
  },
});
