import { Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Column, Order } from './order';
import classes from './Table.module.css';

interface ColumnHeadProps {
  by: Column;
  order: Order | null;
  onSort: (by: Column) => void;
  words: string;
  className: string | undefined;
}

/** The head of a column, by which the table is sorted. */
export function ColumnHead({ by, order, onSort, words, className }: ColumnHeadProps) {
  const direction = order?.by === by ? order.direction : undefined;
  const Arrow = direction === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <Table.Th className={className} aria-sort={direction}>
      <UnstyledButton
        className={classes.sort}
        title={`Sort by ${words.toLowerCase()}`}
        onClick={() => onSort(by)}
      >
        {words}
        <Arrow size={14} aria-hidden visibility={direction ? 'visible' : 'hidden'} />
      </UnstyledButton>
    </Table.Th>
  );
}
