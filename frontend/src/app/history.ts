import {
  NavigationType,
  parsePath,
  UNSAFE_createBrowserHistory as createBrowserHistory,
  type Location,
  type NavigateOptions,
  type Navigator,
  type To,
} from 'react-router';
import { isBlocked } from '@/shared/leaving';

/** What the address has become, and how. */
export interface Step {
  readonly action: NavigationType;
  readonly location: Location<unknown>;
  /** Whether the page stays scrolled as it is. */
  readonly staysPut: boolean;
}

export interface PageHistory extends Navigator {
  /** Where the page is. */
  readonly shown: () => Step;
  /** Tells of each step with where the page was before; returns what ends that. */
  readonly listen: (tell: (next: Step, before: Location<unknown>) => void) => () => void;
}

/**
 * Makes the page's history of the browser's, with questions before unsaved words are left.
 *
 * The browser's own buttons can't be held: where a question has to be answered first the step is taken back, and taken again
 * once it may be. The router does so as well, with loaders and actions that this page has no use for (17 kB).
 */
export function createPageHistory(): PageHistory {
  const history = createBrowserHistory({ v5Compat: true });
  let shown: Step = { action: history.action, location: history.location, staysPut: false };
  let passes: 'back' | 'again' | null = null;
  let staysPut = false;
  const pathOf = (to: To) =>
    (typeof to === 'string' ? parsePath(to) : to).pathname ?? shown.location.pathname;
  const move = (to: To, options: NavigateOptions | undefined, act: () => void) => {
    const leave = () => {
      staysPut = options?.preventScrollReset === true;
      act();
    };
    if (!isBlocked(pathOf(to), leave)) leave();
  };
  return {
    createHref: (to) => history.createHref(to),
    go: (delta) => history.go(delta),
    push: (to, state, options) => move(to, options, () => history.push(to, state)),
    replace: (to, state, options) => move(to, options, () => history.replace(to, state)),
    shown: () => shown,
    listen: (tell) =>
      history.listen(({ action, location, delta }) => {
        const expected = passes;
        passes = null;
        if (expected === 'back') return;
        const again = () => {
          passes = 'again';
          history.go(delta ?? 0);
        };
        if (
          action === NavigationType.Pop &&
          delta &&
          expected === null &&
          isBlocked(location.pathname, again)
        ) {
          passes = 'back';
          history.go(-delta);
          return;
        }
        const before = shown.location;
        shown = { action, location, staysPut };
        staysPut = false;
        tell(shown, before);
      }),
  };
}
