import { Table, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { TableProps } from '@/shared/pictures/layout';
import { ColumnHead } from './ColumnHead';
import { nextOrder, sorted, type Order } from './order';
import { PictureRow } from './PictureRow';
import { useSelection } from './selection';
import { SelectionBar } from './SelectionBar';
import classes from './Table.module.css';

/** The pictures that are loaded, one in a row; sortable, and to be worked on many at once. */
export default function PictureTable({ images, arriving, more, busy }: TableProps) {
  const [order, setOrder] = useState<Order | null>(null);
  const rows = useMemo(() => sorted(images, order), [images, order]);
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const { selected, turn, turnAll, clear } = useSelection(ids);
  const head = { order, onSort: (by: Order['by']) => setOrder(nextOrder(order, by)) };
  const all = ids.length > 0 && selected.size === ids.length;
  return (
    <>
      <Text size="sm" c="dimmed" role="status" className={classes.extent}>
        {extentOf(ids.length, arriving, order !== null, more)}
      </Text>
      <Table aria-label="Pictures" aria-busy={busy} className={classes.table} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={classes.check}>
              <label>
                <input
                  type="checkbox"
                  aria-label={`Select all ${ids.length} loaded`}
                  checked={all}
                  ref={(box) => {
                    if (box) box.indeterminate = selected.size > 0 && !all;
                  }}
                  onChange={turnAll}
                />
              </label>
            </Table.Th>
            <ColumnHead {...head} by="name" className={classes.name} words="Picture" />
            <ColumnHead {...head} by="key" className={classes.wide} words="Stored as" />
            <ColumnHead {...head} by="guess" className={classes.guess} words="Best guess" />
            <ColumnHead {...head} by="size" className={classes.roomy} words="Size" />
            <ColumnHead {...head} by="date" className={classes.wide} words="Added" />
            <Table.Th className={classes.actions}>Actions</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((image) => (
            <PictureRow key={image.id} image={image} selected={selected.has(image.id)} onTurn={turn} />
          ))}
        </Table.Tbody>
      </Table>
      <SelectionBar images={rows.filter(({ id }) => selected.has(id))} onClear={clear} />
    </>
  );
}

/** Says how much of the gallery a table shows, and what sorting it means. */
function extentOf(loaded: number, arriving: number, isSorted: boolean, more: boolean): string {
  const count = `${loaded.toLocaleString('en')} loaded`;
  return [
    isSorted ? `Sorted among the ${count}` : count,
    more && 'more as you scroll',
    arriving > 0 && `${arriving.toLocaleString('en')} on their way`,
  ]
    .filter(Boolean)
    .join('; ');
}
