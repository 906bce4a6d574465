import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { apiDocs } from './apiDocs.ts';
import { firstScript } from './firstScript.ts';
import { serviceWorker } from './serviceWorker.ts';

const gallery = process.env.GALLERY_ORIGIN ?? 'http://localhost:8080';

// The page's own origin is passed on: a running gallery knows this server's and refuses other sites'.
const toGallery = { target: gallery, changeOrigin: true };

export default defineConfig({
  plugins: [react(), apiDocs(), firstScript(), serviceWorker()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: { '/api': toGallery, '/media': toGallery } },
  // Data: URLs are allowed for pictures alone by the site's content security policy.
  build: {
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        // What the first view needs is one file: it compresses better than a dozen, which later views would share parts of.
        codeSplitting: { groups: [{ name: 'page', test: /src\/app\/main\.tsx$/ }] },
      },
    },
  },
  test: {
    restoreMocks: true,
    unstubGlobals: true,
    testTimeout: 60_000,
    coverage: {
      include: ['src/**/*.{ts,tsx}', 'cli/**/*.ts'],
      exclude: ['**/*.test.{ts,tsx}', 'src/testing/**', 'cli/testing.ts', '**/*.d.ts'],
      reporter: ['text', 'json-summary'],
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'page',
          include: ['src/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: ['src/testing/setUp.ts'],
          // Mantine and jsdom take longer to load than most tests take; every test clears what it leaves.
          isolate: false,
        },
      },
      // What draws nothing; a file that needs a window says so in its first line.
      { extends: true, test: { name: 'modules', include: ['src/**/*.test.ts'], environment: 'node' } },
      {
        extends: true,
        test: { name: 'command line', include: ['cli/**/*.test.ts'], environment: 'node' },
      },
    ],
  },
});
