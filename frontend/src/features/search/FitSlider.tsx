import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { addressOf, type View } from '@/shared/pictures/view';
import { STEP, wordsOfFit } from './fit';
import classes from './Search.module.css';

const PAUSE = 250;

/** Says how well pictures have to fit; the address follows. */
export function FitSlider({ view }: { view: View & { kind: 'search' } }) {
  const [chosen, setChosen] = useState(view.min);
  const [lastMin, setLastMin] = useState(view.min);
  const location = useLocation();
  const navigate = useNavigate();
  const follow = useDebouncedCallback((min: number) => {
    void navigate(addressOf({ ...view, min }), { replace: true, state: location.state as unknown });
  }, PAUSE);
  if (view.min !== lastMin) {
    setLastMin(view.min);
    setChosen(view.min);
  }
  const choose = (min: number) => {
    setChosen(min);
    follow(min);
  };
  return (
    <label className={classes.fit}>
      <span>
        Show <b>{wordsOfFit(chosen)}</b>
      </span>
      <input
        type="range"
        min={0}
        max={1}
        step={STEP}
        value={chosen}
        aria-label="How well pictures have to fit"
        aria-valuetext={wordsOfFit(chosen)}
        onChange={({ currentTarget: { valueAsNumber } }) => choose(valueAsNumber)}
      />
    </label>
  );
}
