import { fileURLToPath } from 'node:url';
import { defineConfig, type Rolldown } from 'vite';
import manifest from './package.json' with { type: 'json' };

/** What makes of the built folder a package of its own, which needs no other one: `npm pack ./dist-cli`. */
const ownManifest = {
  name: 'own-manifest',
  generateBundle(this: Rolldown.PluginContext) {
    const { version, license, type, engines } = manifest;
    const source = {
      name: 'neural-gallery',
      version,
      license,
      type,
      engines,
      bin: { gallery: 'gallery.js' },
    };
    this.emitFile({
      type: 'asset',
      fileName: 'package.json',
      source: `${JSON.stringify(source, null, 2)}\n`,
    });
  },
};

/** The command line, all of it in one file that needs nothing but Node.js. */
export default defineConfig({
  plugins: [ownManifest],
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
