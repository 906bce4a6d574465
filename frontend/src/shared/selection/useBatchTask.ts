import { useEffect, useRef, useState } from 'react';

/** How far some work on many pictures is. */
export interface Progress {
  readonly words: string;
  readonly done: number;
  readonly total: number;
}

export type Task = (signal: AbortSignal, advance: (by?: number) => void) => Promise<void>;

export interface BatchTask {
  /** Null while nothing is done. */
  readonly progress: Progress | null;
  begin: (words: string, total: number, task: Task) => Promise<void>;
  stop: () => void;
}

/** One piece of work at a time on many pictures: how far it is, and the way to stop it; it stops with the table. */
export function useBatchTask(): BatchTask {
  const [progress, setProgress] = useState<Progress | null>(null);
  const controller = useRef<AbortController | null>(null);
  const stop = () => controller.current?.abort();
  useEffect(() => stop, []);
  const begin = async (words: string, total: number, task: Task) => {
    const own = new AbortController();
    controller.current = own;
    setProgress({ words, done: 0, total });
    const advance = (by = 1) => setProgress((before) => before && { ...before, done: before.done + by });
    try {
      await task(own.signal, advance);
    } finally {
      setProgress(null);
    }
  };
  return { progress, begin, stop };
}

/** Counts pictures in words. */
export function countOf(pictures: number): string {
  return pictures === 1 ? '1 picture' : `${pictures.toLocaleString('en')} pictures`;
}
