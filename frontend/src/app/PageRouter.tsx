import { startTransition, useLayoutEffect, useState, type ReactNode } from 'react';
import { Router } from 'react-router';
import { createPageHistory, type Step } from './history';
import { noteScroll } from './scrolling';

/** Shows what the address asks for; what was there before stays until the code of the next page is here. */
export function PageRouter({ children }: { children: ReactNode }) {
  const [history] = useState(createPageHistory);
  const [{ action, location }, show] = useState<Step>(history.shown);
  useLayoutEffect(
    () =>
      history.listen((next, before) => {
        noteScroll(before);
        if (next.staysPut) noteScroll(next.location);
        startTransition(() => show(next));
      }),
    [history],
  );
  return (
    <Router navigator={history} navigationType={action} location={location}>
      {children}
    </Router>
  );
}
