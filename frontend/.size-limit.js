import { readFileSync } from 'node:fs';

/** Returns what a page asks for at once, which is all that its first view needs. */
function askedBy(page) {
  const html = readFileSync(`dist/${page}`, 'utf8');
  return [...html.matchAll(/"\/(assets\/[^"]+\.js)"/g)].map(([, path]) => `dist/${path}`);
}

export default [
  { name: 'JavaScript to see the gallery', path: askedBy('index.html'), limit: '150 kB', gzip: true },
  {
    name: 'JavaScript to see an album as a guest',
    path: askedBy('album.html'),
    limit: '120 kB',
    gzip: true,
  },
  {
    name: 'JavaScript to sign in',
    path: ['SignIn', 'cognito', 'poolWords', 'TextInput', 'Input'].map((part) => `dist/assets/${part}-*.js`),
    limit: '48 kB',
    gzip: true,
  },
  { name: 'The first script', path: 'dist/assets/first-*.js', limit: '2 kB', gzip: true },
  { name: 'Styles', path: 'dist/assets/page-*.css', limit: '45 kB', gzip: true },
  { name: 'JavaScript, all of it', path: 'dist/assets/*.js', limit: '450 kB', gzip: true },
];
