import { Kbd } from '@mantine/core';
import classes from './KeysHelp.module.css';

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['Ctrl', 'K'], 'Search'],
  [['←', '↑', '↓', '→'], 'Move among the pictures of the gallery'],
  [['↑', '↓', 'PgUp', 'PgDn'], 'Another month or year, once the scale of months has the focus'],
  [['Alt', '←', '→'], 'Move a picture of an album that you order by hand'],
  [['x'], 'Select the picture that has the focus; with Shift, all since the last one'],
  [['Ctrl', 'A'], 'Select all pictures that are loaded, or none'],
  [['←', '→'], 'Previous and next picture'],
  [['i'], 'What is known of an open picture'],
  [['f'], 'An open picture becomes a favourite of yours, or none'],
  [['+', '−'], 'Zoom, once the picture has the focus'],
  [['Esc'], 'Close what lies on top'],
  [['?'], 'This list'],
];

/** All keys that do something on the page. */
export default function KeysHelp() {
  return (
    <dl className={classes.keys}>
      {KEYS.map(([keys, what]) => (
        <div key={what}>
          <dt>
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
