import pLimit from 'p-limit';
import { useCallback, useEffect, useRef, useState } from 'react';
import { inWords, Problem } from '@/api/problem';
import type { Classification, UploadLimits } from '@/api/types';
import { refusalOf } from '@/shared/uploads/refusalOf';
import { classify } from './classify';
import { scaled } from './scaled';

export type Finding =
  | { step: 'looking' }
  /** `took` is in milliseconds, from the file to the answer. */
  | { step: 'seen'; answer: Classification; took: number }
  | { step: 'failed'; reason: string; retryable: boolean };

/** One picture that somebody tries the gallery with. */
export interface Trial {
  readonly key: string;
  readonly file: File;
  readonly preview: string;
  readonly finding: Finding;
}

const MOST_KEPT = 12;

/** The pictures tried in this window, the latest first, and ways to try more; they are gone with the page. */
export function useTrials(limits: UploadLimits) {
  const [trials, setTrials] = useState<readonly Trial[]>([]);
  const [oneByOne] = useState(() => pLimit(1));
  const leaving = useLeaving(trials);
  const look = useCallback(
    async ({ key, file }: Trial) => {
      const note = (finding: Finding) => setTrials((before) => withFinding(before, key, finding));
      note({ step: 'looking' });
      const finding = await oneByOne(() => lookAt(file, limits, leaving.current.signal));
      note(finding);
    },
    [limits, oneByOne, leaving],
  );
  const take = useCallback(
    (files: readonly File[]) => {
      const added = files.slice(0, MOST_KEPT).map(trialOf);
      setTrials((before) => kept([...added.toReversed(), ...before]));
      added.forEach((trial) => void look(trial));
    },
    [look],
  );
  return { trials, take, again: look };
}

/** What ends once the page is left: previews are given back, nothing more is sent. */
function useLeaving(trials: readonly Trial[]) {
  const controller = useRef(new AbortController());
  const latest = useRef(trials);
  useEffect(() => {
    latest.current = trials;
  }, [trials]);
  useEffect(() => {
    controller.current = new AbortController();
    return () => {
      controller.current.abort();
      latest.current.forEach(({ preview }) => URL.revokeObjectURL(preview));
    };
  }, []);
  return controller;
}

async function lookAt(file: File, limits: UploadLimits, signal: AbortSignal): Promise<Finding> {
  const started = performance.now();
  try {
    const refusal = refusalOf(file, limits);
    if (refusal !== null) throw new Problem(415, refusal);
    const answer = await classify(await scaled(file), signal);
    return { step: 'seen', answer, took: performance.now() - started };
  } catch (error) {
    return { step: 'failed', reason: inWords(error), retryable: error instanceof Problem && error.retryable };
  }
}

function trialOf(file: File): Trial {
  return {
    key: crypto.randomUUID(),
    file,
    preview: URL.createObjectURL(file),
    finding: { step: 'looking' },
  };
}

function kept(trials: readonly Trial[]): readonly Trial[] {
  trials.slice(MOST_KEPT).forEach(({ preview }) => URL.revokeObjectURL(preview));
  return trials.slice(0, MOST_KEPT);
}

function withFinding(trials: readonly Trial[], key: string, finding: Finding): readonly Trial[] {
  return trials.map((trial) => (trial.key === key ? { ...trial, finding } : trial));
}
