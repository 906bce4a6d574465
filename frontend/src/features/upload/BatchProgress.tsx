import { Progress, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { byteSize } from '@/shared/pictures/words';
import { bytesOf, follow, secondsLeft, timeLeft, type Sample } from './pace';
import { uploads } from './uploads';
import classes from './UploadPanel.module.css';

const SAMPLE_MS = 1000;

/** How much of all files has been sent, in bytes, and how long the rest will take. */
export function BatchProgress() {
  const { sent, total, left } = useProgress();
  return (
    <>
      <Progress size={3} radius={0} value={total > 0 ? (100 * sent) / total : 0} aria-label="All uploads" />
      <Text size="xs" c="dimmed" className={classes.line}>
        {byteSize(sent)} of {byteSize(total)}
        {left !== null && `, ${timeLeft(left)}`}
      </Text>
    </>
  );
}

/** Looks at the uploads once a second, since bytes change too often to be drawn each time. */
function useProgress() {
  const [samples, setSamples] = useState<readonly Sample[]>(() => follow([], sampleNow()));
  useInterval(() => setSamples((before) => follow(before, sampleNow())), SAMPLE_MS, { autoInvoke: true });
  const { sent, total } = sizesNow();
  return { sent, total, left: secondsLeft(samples, total - sent) };
}

function sizesNow() {
  const state = uploads.store.getState();
  return bytesOf(state.uploads, state.sentBytes);
}

function sampleNow(): Sample {
  return { at: performance.now(), sent: sizesNow().sent };
}
