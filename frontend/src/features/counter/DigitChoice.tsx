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
      {DIGITS.map((choice) => (
        <label key={choice}>
          <input
            type="radio"
            name="digit"
            value={choice}
            checked={choice === digit}
            onChange={() => onChoose(choice)}
          />
          <span>{choice}</span>
        </label>
      ))}
    </fieldset>
  );
}
