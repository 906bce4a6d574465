import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * Builds the page of who has a link to an album, beside the gallery's own, which is built before.
 *
 * It shares sources with the gallery and no files: a guest fetches nothing of what only members use.
 */
export default defineConfig({
  plugins: [react()],
  publicDir: false,
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    assetsDir: 'assets/album',
    assetsInlineLimit: 0,
    emptyOutDir: false,
    rolldownOptions: {
      input: 'album.html',
      output: { codeSplitting: { groups: [{ name: 'album', test: /src\/app\/album\.tsx$/ }] } },
    },
  },
});
