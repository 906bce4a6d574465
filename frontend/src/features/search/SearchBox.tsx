import { CloseButton } from '@mantine/core';
import { useWindowEvent, useOs } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, type KeyboardEvent, type RefObject } from 'react';
import classes from './SearchBox.module.css';
import { useTypedSearch } from './useTypedSearch';

const LONGEST = 200;

/** Where the pictures can be searched from any place of the page. */
export function SearchBox() {
  const { text, type, commit, clear } = useTypedSearch();
  const os = useOs({ getValueInEffect: false });
  const field = useRef<HTMLInputElement>(null);
  useShortcut(field);
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
        aria-keyshortcuts="Control+K Meta+K"
        autoComplete="off"
        enterKeyHint="search"
        onChange={({ currentTarget: { value } }) => type(value)}
        onKeyDown={clearOnEscape}
      />
      {text === '' ? (
        <kbd className={classes.key} aria-hidden>
          {os === 'macos' ? '⌘' : 'Ctrl'} K
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

/** Lets a key lead into the search box from anywhere but a dialog; with a modifier, so that nobody presses it by speaking or typing. */
function useShortcut(field: RefObject<HTMLInputElement | null>): void {
  const lead = () => {
    if (document.querySelector('[aria-modal="true"]')) return;
    field.current?.focus();
    field.current?.select();
  };
  useWindowEvent('keydown', (event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (key.toLowerCase() !== 'k' || ctrlKey === metaKey || shiftKey || altKey) return;
    event.preventDefault();
    lead();
  });
}
