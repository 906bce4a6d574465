import '@testing-library/jest-dom/vitest';
import { notifications } from '@mantine/notifications';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// What is right at last is right, however busy the machine.
configure({ asyncUtilTimeout: 15_000 });

// Files share a window and the libraries: each begins as in a new window, and loads the page's modules anew, since those that
// another file has loaded would stay in place of what this one replaces.
vi.resetModules();
localStorage.clear();
sessionStorage.clear();
window.history.replaceState(null, '', '/');
document.title = '';

afterEach(() => {
  cleanup();
  notifications.clean();
});

// What jsdom lacks of a browser: it lays nothing out, so nothing is ever resized, crossed or matched, no font is loaded, and
// all is as wide as a window.
class NothingToObserve {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}

Object.assign(window, {
  ResizeObserver: NothingToObserve,
  IntersectionObserver: NothingToObserve,
  matchMedia: (media: string) => ({
    media,
    matches: false,
    addEventListener() {},
    removeEventListener() {},
  }),
});
Object.defineProperty(Element.prototype, 'clientWidth', { configurable: true, get: () => 1024 });
Object.defineProperty(Element.prototype, 'scrollIntoView', { configurable: true, value: () => undefined });
Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });
