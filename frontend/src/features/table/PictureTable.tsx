import { Table, Text } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { Selection } from '@/shared/selection/selection';
import type { TableProps } from '@/shared/selection/table';
import { useTop } from '@/shared/useTop';
import { PictureRow } from './PictureRow';
import classes from './Table.module.css';

/** How high a row is before it was drawn, in CSS pixels. */
const ROW = 69;

/** The pictures that are loaded, one in a row; of the rows the page has those that are seen, and some around them. */
export default function PictureTable({ images, arriving, more, busy, selection }: TableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const top = useTop(body);
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count: images.length,
    estimateSize: () => ROW,
    getItemKey: (index) => images[index]?.id ?? index,
    scrollMargin: top,
    overscan: 8,
    useFlushSync: false,
    // Before the window is measured, rows are drawn all the same.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
  });
  const rows = virtualizer.getVirtualItems();
  const above = (rows[0]?.start ?? top) - top;
  const below = virtualizer.getTotalSize() - ((rows.at(-1)?.end ?? top) - top);
  return (
    <>
      <Text size="sm" c="dimmed" role="status" className={classes.extent}>
        {extentOf(images.length, arriving, more)}
      </Text>
      <Table
        aria-label="Pictures"
        aria-busy={busy}
        aria-rowcount={more ? -1 : images.length + 1}
        className={classes.table}
        verticalSpacing={6}
      >
        <Head count={images.length} selection={selection} />
        {/* Rows keep their place, and so does what holds them: the room for others is a row itself. */}
        <Table.Tbody ref={body}>
          <Gap height={above} />
          {rows.map(({ index, key }) => {
            const image = images[index];
            return (
              image && (
                <PictureRow
                  key={key}
                  index={index}
                  measure={virtualizer.measureElement}
                  image={image}
                  selected={selection.selected.has(image.id)}
                  onTurn={selection.turn}
                />
              )
            );
          })}
          <Gap height={below} />
        </Table.Tbody>
      </Table>
    </>
  );
}

/** Stands in for rows that are not drawn. */
function Gap({ height }: { height: number }) {
  return height > 0 && <tr aria-hidden style={{ height }} />;
}

function Head({ count, selection }: { count: number; selection: Selection }) {
  const { selected, turnAll } = selection;
  const all = count > 0 && selected.size === count;
  return (
    <Table.Thead className={classes.head}>
      <Table.Tr>
        <Table.Th className={classes.check}>
          <label>
            <input
              type="checkbox"
              aria-label={`Select all ${count} loaded`}
              checked={all}
              ref={(box) => {
                if (box) box.indeterminate = selected.size > 0 && !all;
              }}
              onChange={turnAll}
            />
          </label>
        </Table.Th>
        <Table.Th className={classes.name}>Picture</Table.Th>
        <Table.Th className={classes.guess}>Best guess</Table.Th>
        <Table.Th className={classes.roomy}>Size</Table.Th>
        <Table.Th className={classes.wide}>Added</Table.Th>
        <Table.Th className={classes.actions}>Actions</Table.Th>
      </Table.Tr>
    </Table.Thead>
  );
}

/** Says how much of the gallery a table shows. */
function extentOf(loaded: number, arriving: number, more: boolean): string {
  return [
    `${loaded.toLocaleString('en')} loaded`,
    more && 'more as you scroll',
    arriving > 0 && `${arriving.toLocaleString('en')} on their way`,
  ]
    .filter(Boolean)
    .join('; ');
}
