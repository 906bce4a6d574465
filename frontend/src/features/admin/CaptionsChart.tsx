import type { Stats } from '@/api/types';
import { moment } from '@/shared/pictures/words';
import classes from './Administration.module.css';

const HEIGHT = 100;
const BAR = 10;
const GAP = 3;

/** How many captions were written in each of the last hours. */
export function CaptionsChart({ hours }: { hours: Stats['captions_per_hour'] }) {
  const most = Math.max(...hours.map(({ captions }) => captions));
  const all = hours.reduce((sum, { captions }) => sum + captions, 0);
  const scale = HEIGHT / Math.max(most, 1);
  return (
    <figure className={classes.chart}>
      <svg
        role="img"
        aria-label={`${all} captions in the last ${hours.length} hours, at the most ${most} in one.`}
        viewBox={`0 0 ${hours.length * BAR} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {hours.map(({ hour, captions }, index) => (
          <g key={hour} transform={`translate(${index * BAR + GAP / 2} 0)`}>
            <title>{`From ${moment(hour)}: ${captions}`}</title>
            <rect className={classes.room} width={BAR - GAP} height={HEIGHT} />
            <rect y={HEIGHT - captions * scale} width={BAR - GAP} height={captions * scale} />
          </g>
        ))}
      </svg>
      <figcaption>
        <span>{hours.length} hours ago</span>
        <span>up to {most} in an hour</span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}
