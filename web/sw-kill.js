// The way out if a broken sw.js was ever published: put this file on the server in its place, as sw.js. At the next visit
// the browser fetches it, and it removes everything that a service worker of Terrarium has stored, and itself. What the
// learner has done (IndexedDB) is not touched. Later a good sw.js may be published again.
'use strict';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('terrarium-')) await caches.delete(name);
    await self.registration.unregister();
})()));
