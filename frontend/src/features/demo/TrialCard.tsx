import { Button, Loader, Text } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { Classification } from '@/api/types';
import { percent } from '@/shared/pictures/words';
import { ProbabilityBar } from '@/shared/ProbabilityBar';
import classes from './Demo.module.css';
import type { Trial } from './useTrials';

interface TrialCardProps {
  trial: Trial;
  again: (trial: Trial) => Promise<void>;
}

/** A picture that was tried, and what the gallery sees in it. */
export function TrialCard({ trial, again }: TrialCardProps) {
  const { file, preview, finding } = trial;
  return (
    <li className={classes.trial} aria-busy={finding.step === 'looking'}>
      <Preview src={preview} name={file.name} />
      <div className={classes.finding} aria-live="polite">
        {finding.step === 'looking' && (
          <Text c="dimmed">
            <Loader size={14} mr="xs" aria-hidden />
            Looking…
          </Text>
        )}
        {finding.step === 'seen' && <Classified answer={finding.answer} took={finding.took} />}
        {finding.step === 'failed' && (
          <>
            <Text c="var(--alarm)">{finding.reason}</Text>
            {finding.retryable && (
              <Button mt="sm" size="compact-sm" variant="default" onClick={() => void again(trial)}>
                Try again
              </Button>
            )}
          </>
        )}
      </div>
    </li>
  );
}

/** The picture, or a mark in its place where the browser can't draw it. */
function Preview({ src, name }: { src: string; name: string }) {
  const [unseen, setUnseen] = useState(false);
  return unseen ? (
    <span className={classes.unseen} role="img" aria-label={name}>
      <IconPhotoOff size={32} stroke={1.25} aria-hidden />
    </span>
  ) : (
    <img className={classes.picture} src={src} alt={name} onError={() => setUnseen(true)} />
  );
}

function Classified({ answer, took }: { answer: Classification; took: number }) {
  const { caption, results, inference_time_ms } = answer;
  return (
    <>
      <h2 className={classes.caption}>{caption ?? 'No caption'}</h2>
      <ul className={classes.labels} aria-label="Labels by probability">
        {results.map(({ class_name, score }) => (
          <li key={class_name}>
            <Text size="sm" span>
              {class_name}
            </Text>
            <Text size="sm" span c="dimmed">
              {percent(score)}
            </Text>
            <ProbabilityBar probability={score} className={classes.bar} />
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed">
        Looked at in {milliseconds(inference_time_ms)}; {milliseconds(took)} with the way there and back.
        Nothing was stored.
      </Text>
    </>
  );
}

function milliseconds(time: number): string {
  return `${time.toLocaleString('en', { maximumFractionDigits: time < 100 ? 1 : 0 })} ms`;
}
