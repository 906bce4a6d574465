import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import type { Understood } from '@/api/types';
import type { FilterName } from '@/shared/pictures/filters';
import { addressOf, everything, type View } from '@/shared/pictures/view';
import { chipsOf } from './chips';
import classes from './FilterChips.module.css';
import { useCalled } from './useCalled';

type Search = View & { kind: 'search' };

interface FilterChipsProps {
  view: Search;
  /** What of the words was taken for filters. */
  understood: readonly Understood[];
}

/** What narrows the search, each with a way to take it away; the address keeps it. */
export function FilterChips({ view, understood }: FilterChipsProps) {
  const navigate = useNavigate();
  const list = useRef<HTMLUListElement>(null);
  const called = useCalled(view.filters);
  const chosen = chipsOf(view.filters ?? {}, called);
  if (chosen.length === 0 && understood.length === 0) return null;
  const show = (next: View) => {
    void navigate(addressOf(next));
    list.current?.focus();
  };
  return (
    <ul ref={list} tabIndex={-1} aria-label="Filters" className={classes.chips}>
      {chosen.map(({ text, names }) => (
        <Chip
          key={text}
          text={text}
          label={`Remove the filter: ${text}`}
          onRemove={() => show(without(view, names))}
        />
      ))}
      {understood.map(({ text }) => (
        <Chip
          key={`“${text}”`}
          text={`“${text}”`}
          label={`Search for the words: ${text}`}
          onRemove={() => show({ ...view, words: [...(view.words ?? []), text] })}
        />
      ))}
    </ul>
  );
}

function Chip({ text, label, onRemove }: { text: string; label: string; onRemove: () => void }) {
  return (
    <li>
      <Button
        size="compact-sm"
        radius="xl"
        variant="light"
        aria-label={label}
        title={label}
        rightSection={<IconX size={14} aria-hidden />}
        onClick={onRemove}
      >
        <bdi>{text}</bdi>
      </Button>
    </li>
  );
}

/** A search without some of its filters. */
function without(view: Search, names: readonly FilterName[]): View {
  const left = Object.entries(view.filters ?? {}).filter(
    ([name]) => !names.some((removed) => removed === name),
  );
  if (left.length === 0 && view.query === '') return everything;
  return { ...view, filters: left.length > 0 ? Object.fromEntries(left) : undefined };
}
