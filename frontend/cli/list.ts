import type { Image } from '@/api/types';
import { nameOf } from '@/shared/pictures/words';
import { EXIT } from './exits';
import type { Gallery } from './gallery';
import { listPages, searchPages, type Answer, type Choice, type Match } from './pictures';
import type { Terminal } from './terminal';

/** Lists pictures, newest first. */
export async function list(
  gallery: Gallery,
  terminal: Terminal,
  choice: Choice,
  most: number,
): Promise<number> {
  let count = 0;
  for await (const page of listPages(gallery, choice, most))
    for (const image of page) {
      await terminal.result(image, lineOf(image));
      count += 1;
    }
  if (count === most) terminal.message(`These are the first ${most}; --limit shows more, if there are.`);
  return EXIT.done;
}

/** Searches pictures by what they show and what was said of them, best first. */
export async function search(
  gallery: Gallery,
  terminal: Terminal,
  words: string,
  least: number | undefined,
  most: number,
): Promise<number> {
  let answer: Answer | null = null;
  let less = false;
  const onAnswer = (received: Answer) => {
    if (answer === null && received.corrected !== null) terminal.message(`Also: ${received.corrected}`);
    answer = received;
  };
  for await (const page of searchPages(gallery, words, least, most, onAnswer))
    for (const match of page) {
      if (!less && match.score < floorOf(answer)) terminal.message('What follows fits less:');
      less ||= match.score < floorOf(answer);
      await terminal.result(match, matchOf(match));
    }
  return EXIT.done;
}

function floorOf(answer: Answer | null): number {
  return answer?.floor ?? 0;
}

function lineOf(image: Image): string {
  return [image.id, image.status.padEnd('captioned'.length), nameOf(image)].join('  ');
}

function matchOf({ image, score, why }: Match): string {
  const reasons = [...new Set(why.map(({ label }) => label))].join(', ');
  return [image.id, score.toFixed(2), nameOf(image), ...(reasons === '' ? [] : [`(${reasons})`])].join('  ');
}
