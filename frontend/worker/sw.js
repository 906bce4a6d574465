// The page's service worker. It keeps the page's own files, which are the same for everybody, and says what is wrong while the
// gallery can't be reached. Of people it keeps nothing but files that another app shares, in IndexedDB, for the page to ask about.

/** One for each build: another one is another worker, which waits until its page asks for it. */
const RELEASE = '__RELEASE__';
const OFFLINE = '/offline.html';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(RELEASE).then((cache) => cache.addAll([OFFLINE, '/favicon.svg'])));
});

self.addEventListener('activate', (event) => {
  const forgetOthers = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== RELEASE).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(forgetOthers());
});

self.addEventListener('message', ({ data }) => {
  if (data === 'activate') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === 'POST' && pathname === '/api/share') event.respondWith(receive(request));
  else if (request.method !== 'GET') return;
  else if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  else if (pathname.startsWith('/assets/')) event.respondWith(kept(request));
});

/** Files below assets/ are named by their content: what is kept is never out of date. */
async function kept(request) {
  const cache = await caches.open(RELEASE);
  const known = await cache.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

/** Keeps what another app shares until the page asks about it. */
async function receive(request) {
  const form = await request.formData();
  const files = form.getAll('files').filter((file) => file instanceof File);
  if (files.length > 0) await keep({ files, at: Date.now() });
  return Response.redirect('/', 303);
}

/** As idb-keyval's createStore('shared-files', 'files') reads it. */
function keep(shared) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('shared-files');
    opening.onupgradeneeded = () => opening.result.createObjectStore('files');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const writing = opening.result.transaction('files', 'readwrite');
      writing.objectStore('files').put(shared, 'shared');
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
      writing.onerror = () => reject(writing.error);
    };
  });
}
