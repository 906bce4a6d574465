import classes from './Counter.module.css';

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

interface DigitChoiceProps {
  digit: string;
  onChoose: (digit: string) => void;
}

/** One of the ten digits, to choose by mouse, finger or arrow key. */
export function DigitChoice({ digit, onChoose }: DigitChoiceProps) {
  return (
    <fieldset className={classes.digits}>
      <legend>The digit</legend>
      {DIGITS.map((each) => (
        <label key={each}>
          <input
            type="radio"
            name="digit"
            value={each}
            checked={each === digit}
            onChange={() => onChoose(each)}
          />
          <span>{each}</span>
        </label>
      ))}
    </fieldset>
  );
}
