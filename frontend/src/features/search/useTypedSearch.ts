import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { addressOf, everything, useView, type View } from '@/shared/pictures/view';

const PAUSE = 250;

interface Typed {
  text: string;
  /** The words that the address was last told to follow. */
  requested: string;
  /** The words of the address when it was last looked at. */
  lastQuery: string;
}

/**
 * The words in the search box, and an address that follows them while one types.
 *
 * What is typed takes one step of the history until it is committed; going back leads to what was there before.
 */
export function useTypedSearch() {
  const view = useView();
  const query = view.kind === 'search' ? view.query : '';
  const [typed, setTyped] = useState<Typed>({ text: query, requested: query, lastQuery: query });
  const follow = useFollow(view);
  const followSoon = useDebouncedCallback(showWords, PAUSE);
  // The address has changed: by what was typed here, or else by a link or the browser's buttons.
  if (query !== typed.lastQuery) {
    setTyped({ text: query === typed.requested ? typed.text : query, requested: query, lastQuery: query });
  }

  function showWords(words: string, committed = false): void {
    followSoon.cancel();
    setTyped((before) => ({ ...before, requested: words }));
    follow(words, committed);
  }

  const type = (text: string) => {
    setTyped((before) => ({ ...before, text }));
    followSoon(text.trim());
  };
  const commit = () => showWords(typed.text.trim(), true);
  const clear = () => {
    setTyped((before) => ({ ...before, text: '' }));
    showWords('');
  };
  return { text: typed.text, type, commit, clear };
}

/** Returns a function that leads to the pictures that some words ask for. */
function useFollow(view: View): (words: string, committed: boolean) => void {
  const navigate = useNavigate();
  const draft = isDraft(useLocation().state);
  return (words, committed) => {
    const same = words === (view.kind === 'search' ? view.query : '');
    if (same && !(committed && draft)) return;
    const min = view.kind === 'search' ? view.min : 0;
    const filters = view.kind === 'search' ? view.filters : undefined;
    const next: View =
      words === '' && !filters
        ? everything
        : { kind: 'search', query: words, min, ...(filters && { filters }) };
    void navigate(addressOf(next), {
      replace: draft,
      state: committed || words === '' ? null : { draft: true },
    });
  };
}

/** Whether an entry of the history is a search that is still being typed. */
function isDraft(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'draft' in state;
}
