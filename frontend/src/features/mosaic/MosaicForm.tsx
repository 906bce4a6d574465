import { Button, Radio, Stack, Text } from '@mantine/core';
import { useId, useState } from 'react';
import { percent } from '@/shared/pictures/words';
import { SIZES, usualDesign, type Design, type TileSet } from './design';
import classes from './Mosaic.module.css';

interface MosaicFormProps {
  tileSets: readonly { value: TileSet; label: string }[];
  /** What was asked for last, if anything. */
  asked: Design | null;
  /** The tiles that are chosen at first. */
  tiles: TileSet;
  busy: boolean;
  onMake: (design: Design) => void;
}

/** Lets one choose how a mosaic shall be. */
export function MosaicForm({ tileSets, asked, tiles, busy, onMake }: MosaicFormProps) {
  const [lastAsked, setLastAsked] = useState(asked);
  const [chosen, setChosen] = useState(asked ?? usualDesign(tiles));
  if (asked !== lastAsked) {
    setLastAsked(asked);
    setChosen(asked ?? usualDesign(tiles));
  }
  const choose = (news: Partial<Design>) => setChosen((before) => ({ ...before, ...news }));
  return (
    <form
      aria-label="How the mosaic shall be"
      onSubmit={(event) => {
        event.preventDefault();
        onMake(chosen);
      }}
    >
      <Stack gap="lg">
        <Radio.Group label="Made of" value={chosen.tiles} onChange={(tiles) => choose({ tiles: tiles })}>
          <Stack gap="xs" mt="xs">
            {tileSets.map((tileSet) => (
              <Radio key={tileSet.value} {...tileSet} />
            ))}
          </Stack>
        </Radio.Group>
        <Slider
          label="Size of a tile"
          words={`${chosen.size} pixels`}
          value={chosen.size}
          range={SIZES}
          onChange={(size) => choose({ size })}
        />
        <Slider
          label="Tinted like the picture"
          words={percent(chosen.blend)}
          value={chosen.blend}
          range={{ min: 0, max: 1, step: 0.05 }}
          onChange={(blend) => choose({ blend })}
        />
        <Button type="submit" loading={busy}>
          Make it
        </Button>
      </Stack>
    </form>
  );
}

interface SliderProps {
  label: string;
  words: string;
  value: number;
  range: { min: number; max: number; step: number };
  onChange: (value: number) => void;
}

function Slider({ label, words, value, range, onChange }: SliderProps) {
  const id = useId();
  return (
    <div className={classes.slider}>
      <label htmlFor={id}>{label}</label>
      <Text span size="sm" c="dimmed" aria-hidden>
        {words}
      </Text>
      <input
        id={id}
        type="range"
        {...range}
        value={value}
        aria-valuetext={words}
        onChange={({ currentTarget }) => onChange(currentTarget.valueAsNumber)}
      />
    </div>
  );
}
