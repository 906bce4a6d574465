/** What has become of a file; a line of `gallery upload --json`. */
export interface Outcome {
  file: string;
  status: 'uploaded' | 'captioned' | 'duplicate' | 'rejected' | 'failed';
  image_id: string | null;
  caption: string | null;
  code: string | null;
  detail: string | null;
}

/** Says in a line what has become of a file. */
export function wordsOf({ file, status, image_id, caption, detail }: Outcome): string {
  const more = caption ?? detail ?? image_id;
  return [status.padEnd('duplicate'.length), file, ...(more === null ? [] : [more])].join('  ');
}

/** Says in a sentence what has become of all files. */
export function summarise(outcomes: readonly Outcome[]): string {
  const count = (...of: Outcome['status'][]) => outcomes.filter(({ status }) => of.includes(status)).length;
  const asides = [
    [count('captioned'), 'captioned'],
    [count('duplicate'), 'already there'],
    [count('rejected'), 'rejected'],
    [count('failed'), 'failed'],
  ].filter(([number]) => number !== 0);
  const sent = `${count('uploaded', 'captioned')} uploaded`;
  return `${[sent, ...asides.map((aside) => aside.join(' '))].join(', ')}.`;
}
