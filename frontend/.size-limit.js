import { readFileSync } from 'node:fs';

/** What index.html asks for, which is all that the first view of the gallery needs. */
const page = readFileSync('dist/index.html', 'utf8');
const asked = [...page.matchAll(/"\/(assets\/[^"]+\.js)"/g)].map(([, path]) => `dist/${path}`);

export default [
  { name: 'JavaScript to see the gallery', path: asked, limit: '167 kB', gzip: true },
  {
    name: 'JavaScript to sign in',
    path: ['SignIn', 'cognito', 'poolWords', 'TextInput', 'Input'].map((part) => `dist/assets/${part}-*.js`),
    limit: '48 kB',
    gzip: true,
  },
  { name: 'Styles', path: 'dist/assets/page-*.css', limit: '45 kB', gzip: true },
  { name: 'JavaScript, all of it', path: 'dist/assets/*.js', limit: '435 kB', gzip: true },
];
