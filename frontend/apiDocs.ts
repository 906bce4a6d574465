import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const FILES = [
  'swagger-ui-bundle.js',
  'swagger-ui-bundle.js.LICENSE.txt',
  'swagger-ui.css',
  'LICENSE',
  'NOTICE',
];

/** Puts Swagger UI beside the page, for the API's own page at /api/docs; nothing of it is part of this page. */
export function apiDocs(): Plugin {
  return {
    name: 'api-docs',
    apply: 'build',
    generateBundle() {
      for (const file of FILES) {
        const path = fileURLToPath(new URL(`./node_modules/swagger-ui-dist/${file}`, import.meta.url));
        this.emitFile({ type: 'asset', fileName: `api-docs/${file}`, source: readFileSync(path) });
      }
    },
  };
}
