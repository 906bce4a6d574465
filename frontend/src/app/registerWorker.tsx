import { notifications } from '@mantine/notifications';
import { Anchor, Group } from '@mantine/core';

const NOTICE = 'release';

/** Starts the service worker of this build, and offers a newer release in words as soon as one is there. */
export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  if (registration.waiting && serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && serviceWorker.controller) offer(worker);
    });
  });
}

function offer(worker: ServiceWorker): void {
  const use = () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), {
      once: true,
    });
    worker.postMessage('activate');
  };
  notifications.show({
    id: NOTICE,
    autoClose: false,
    message: (
      <Group justify="space-between" gap="sm">
        A new release of this gallery is there.
        <Anchor component="button" onClick={use}>
          Use it now
        </Anchor>
      </Group>
    ),
  });
}
