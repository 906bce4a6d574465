import { Button, Group, NativeSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Image } from '@/api/types';
import { clockInWords, shiftedClock } from '@/shared/pictures/taken';
import { byCamera, secondsOf, shiftInWords, type Shift } from './shift';
import { countOf } from './useBatchTask';

const MOST = { days: 9_999, hours: 9_999, minutes: 9_999 } as const;
const DIRECTIONS = [
  { value: 'later', label: 'Later' },
  { value: 'earlier', label: 'Earlier' },
];

interface ShiftDatesProps {
  images: readonly Image[];
  /** Moves the dates of these, by seconds. */
  onShift: (images: readonly Image[], seconds: number) => void;
}

/** Where somebody says by how much the dates of pictures are wrong, and of which camera's. */
export function ShiftDates({ images, onShift }: ShiftDatesProps) {
  const [shift, setShift] = useState<Shift>({ direction: 'later', days: 0, hours: 1, minutes: 0 });
  const [camera, setCamera] = useState('all');
  const cameras = byCamera(images);
  const chosen = cameras[Number(camera)]?.[1] ?? images;
  const seconds = secondsOf(shift);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onShift(chosen, seconds);
      }}
    >
      <Stack gap="md">
        <SegmentedControl
          aria-label="Direction"
          data={DIRECTIONS}
          value={shift.direction}
          onChange={(direction) => setShift({ ...shift, direction: direction as Shift['direction'] })}
        />
        <Amounts shift={shift} onChange={setShift} />
        {cameras.length > 1 && (
          <NativeSelect
            label="Of these pictures"
            data={[
              { value: 'all', label: `All (${images.length.toLocaleString('en')})` },
              ...cameras.map(([name, { length }], place) => ({
                value: String(place),
                label: `${name ?? 'Camera unknown'} (${length.toLocaleString('en')})`,
              })),
            ]}
            value={camera}
            onChange={({ currentTarget: { value } }) => setCamera(value)}
          />
        )}
        <Example images={chosen} seconds={seconds} />
        <Button type="submit" disabled={seconds === 0}>
          {seconds === 0 ? 'Shift dates' : `Make ${countOf(chosen.length)} ${shiftInWords(seconds)}`}
        </Button>
      </Stack>
    </form>
  );
}

function Amounts({ shift, onChange }: { shift: Shift; onChange: (shift: Shift) => void }) {
  return (
    <Group grow gap="sm">
      {(['days', 'hours', 'minutes'] as const).map((unit) => (
        <TextInput
          key={unit}
          type="number"
          inputMode="numeric"
          label={`${unit.charAt(0).toUpperCase()}${unit.slice(1)}`}
          min={0}
          max={MOST[unit]}
          step={1}
          value={shift[unit]}
          data-autofocus={unit === 'hours' || undefined}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onChange={({ currentTarget: { valueAsNumber } }) =>
            onChange({ ...shift, [unit]: Math.min(Math.max(Math.trunc(valueAsNumber) || 0, 0), MOST[unit]) })
          }
        />
      ))}
    </Group>
  );
}

/** Shows on the earliest picture what becomes of its date. */
function Example({ images, seconds }: { images: readonly Image[]; seconds: number }) {
  const clocks = images.map(({ taken_at }) => taken_at).sort();
  const moved = shiftedClock(clocks[0] ?? '', seconds);
  if (clocks[0] === undefined || moved === '') return null;
  return (
    <Text size="sm" role="status">
      {images.length > 1 && 'The first: '}
      {clockInWords(clocks[0])} becomes {clockInWords(moved)}.
    </Text>
  );
}
