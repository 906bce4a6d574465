import type { DayCount } from '@/api/types';
import { spansOf, sumOf, type Span } from './days';
import classes from './Analytics.module.css';

const HEIGHT = 100;
const BAR = 10;
const GAP = 4;

/** Votes over time: what was found right above the line, what was found wrong below it. */
export function VotesChart({ days }: { days: readonly DayCount[] }) {
  const spans = spansOf(days, new Date().toISOString().slice(0, 10));
  const above = Math.max(...spans.map(({ positive }) => positive));
  const below = Math.max(...spans.map(({ negative }) => negative));
  const scale = HEIGHT / Math.max(above + below, 1);
  const line = above * scale;
  return (
    <figure className={classes.chart}>
      <svg
        role="img"
        aria-label={summaryOf(days, spans)}
        viewBox={`0 0 ${spans.length * BAR} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {spans.map(({ from, to, positive, negative }, index) => (
          <g key={from} transform={`translate(${index * BAR + GAP / 2} 0)`}>
            <title>{`${daysInWords(from, to)}: ${positive} right, ${negative} wrong`}</title>
            <rect className={classes.room} width={BAR - GAP} height={HEIGHT} />
            <rect
              className={classes.right}
              y={line - positive * scale}
              width={BAR - GAP}
              height={positive * scale}
            />
            <rect className={classes.wrong} y={line} width={BAR - GAP} height={negative * scale} />
          </g>
        ))}
        <line className={classes.zero} x2={spans.length * BAR} y1={line} y2={line} />
      </svg>
      <figcaption>
        <span>{dayInWords(spans[0]?.from)}</span>
        <span>{dayInWords(spans.at(-1)?.to)}</span>
        <span className={classes.legend}>
          <span className={classes.rightKey}>found right, up to {above}</span>
          <span className={classes.wrongKey}>found wrong, up to {below}</span>
        </span>
      </figcaption>
    </figure>
  );
}

/** Says in a sentence what the bars show. */
function summaryOf(days: readonly DayCount[], spans: readonly Span[]): string {
  const { positive, negative } = sumOf(days);
  const votes = ({ positive: right, negative: wrong }: Span) => right + wrong;
  const busiest = spans.reduce<Span | undefined>(
    (most, span) => (most && votes(most) >= votes(span) ? most : span),
    undefined,
  );
  const most = busiest
    ? `, most of them (${votes(busiest)}) on ${daysInWords(busiest.from, busiest.to)}`
    : '';
  return `Votes over time: ${positive} found right, ${negative} found wrong${most}.`;
}

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

function dayInWords(date: string | undefined): string {
  return date === undefined ? '' : DAY.format(new Date(date));
}

function daysInWords(from: string, to: string): string {
  return from === to ? dayInWords(from) : `${dayInWords(from)} to ${dayInWords(to)}`;
}
