import { CloseButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import classes from './SearchBox.module.css';
import { useTypedSearch } from './useTypedSearch';

const LONGEST = 200;

/** Where the pictures can be searched from any place of the page. */
export function SearchBox() {
  const { text, type, commit, clear } = useTypedSearch();
  const field = useRef<HTMLInputElement>(null);
  useSlash(field);
  const clearOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || text === '') return;
    event.preventDefault();
    clear();
  };
  return (
    <form
      role="search"
      className={classes.box}
      onSubmit={(event) => {
        event.preventDefault();
        commit();
        // What was found should not stay behind the keyboard of a phone.
        if (window.matchMedia('(pointer: coarse)').matches) field.current?.blur();
      }}
    >
      <IconSearch size={18} stroke={1.75} aria-hidden />
      <input
        ref={field}
        type="search"
        className={classes.field}
        value={text}
        maxLength={LONGEST}
        placeholder="Search the pictures"
        aria-label="Search the pictures"
        aria-keyshortcuts="/"
        autoComplete="off"
        enterKeyHint="search"
        onChange={({ currentTarget: { value } }) => type(value)}
        onKeyDown={clearOnEscape}
      />
      {text === '' ? (
        <kbd className={classes.key} aria-hidden>
          /
        </kbd>
      ) : (
        <CloseButton
          size="sm"
          aria-label="Clear the search"
          onClick={() => {
            clear();
            field.current?.focus();
          }}
        />
      )}
    </form>
  );
}

/** Lets “/” lead into the search box from wherever nothing is being typed and no dialog is open. */
function useSlash(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const lead = (event: globalThis.KeyboardEvent) => {
      const { key, target, altKey, ctrlKey, metaKey, defaultPrevented } = event;
      if (key !== '/' || altKey || ctrlKey || metaKey || defaultPrevented) return;
      const busy = target instanceof Element && target.closest('input, textarea, select, [contenteditable]');
      if (busy || document.querySelector('[aria-modal="true"]')) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    window.addEventListener('keydown', lead);
    return () => {
      window.removeEventListener('keydown', lead);
    };
  }, [field]);
}
