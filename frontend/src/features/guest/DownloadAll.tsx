import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { inWords } from '@/api/problem';
import type { Image } from '@/api/types';
import { saveStream, writesToFiles } from '@/shared/selection/saveStream';
import { archiveOf } from '@/shared/selection/archive';
import { countOf, useBatchTask } from '@/shared/selection/useBatchTask';
import { nameOf } from '@/shared/pictures/words';
import { useState } from 'react';
import { useKeepFocus } from '@/shared/useKeepFocus';
import classes from './Guest.module.css';
import { findAllPictures, findFile } from './link';
import { partsOf } from './parts';

/** How many bytes of pictures are gathered at once where a browser can't write straight to a file. */
const PART_BYTES = 400 * 1024 * 1024;

/** Saves all pictures of the album as a ZIP archive; in parts, each begun by a click, where a browser can't stream. */
export function DownloadAll({ title }: { title: string }) {
  const { data: images, error } = useQuery({
    // As it was when this began: what is added meanwhile moves no picture into another part.
    queryKey: ['all pictures'],
    queryFn: ({ signal }) => findAllPictures(signal),
    staleTime: Infinity,
  });
  if (error) return <Text role="alert">{inWords(error)}</Text>;
  if (!images) return <Text role="status">Counting the pictures …</Text>;
  const parts = partsOf(images, writesToFiles() ? Infinity : PART_BYTES);
  return <Parts title={title} parts={parts} />;
}

interface PartsProps {
  title: string;
  parts: readonly (readonly Image[])[];
}

function Parts({ title, parts }: PartsProps) {
  const { part, missing, failure, progress, save, stop } = useSaving(title, parts);
  const section = useKeepFocus<HTMLDivElement>(progress === null);
  const next = parts[part];
  const which = parts.length > 1 ? ` (part ${part + 1} of ${parts.length})` : '';
  return (
    <Stack
      component="section"
      ref={section}
      tabIndex={-1}
      className={classes.place}
      aria-label="Download all"
      maw="36rem"
      mb="lg"
      gap="sm"
    >
      {progress ? (
        <>
          <Progress value={(100 * progress.done) / progress.total} aria-label="Saved so far" />
          <Group justify="space-between">
            <Text role="status" size="sm">
              {progress.done} of {countOf(progress.total)}
              {which}
            </Text>
            <Button variant="default" onClick={stop}>
              Stop
            </Button>
          </Group>
        </>
      ) : (
        next && (
          <Button style={{ alignSelf: 'start' }} onClick={() => void save(next)}>
            Save {countOf(next.length)} as a ZIP file{which}
          </Button>
        )
      )}
      {next === undefined && <Text role="status">All is saved.</Text>}
      {failure && <Text role="alert">{failure}</Text>}
      {missing.length > 0 && (
        <ul aria-label="Left out">
          {missing.map((words, index) => (
            <li key={index}>{words}</li>
          ))}
        </ul>
      )}
    </Stack>
  );
}

/** Saving part by part: one that was interrupted is begun anew, those before it are not. */
function useSaving(title: string, parts: PartsProps['parts']) {
  const [part, setPart] = useState(0);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const { progress, begin, stop } = useBatchTask();
  const save = (images: readonly Image[]) =>
    begin('Packing', images.length, async (signal, advance) => {
      const leftOut: string[] = [];
      const onMissing = (image: Image, reason: string) => leftOut.push(`${nameOf(image)}: ${reason}`);
      const bytes = images.reduce((sum, { size }) => sum + (size ?? 0), 0);
      const name = `${fileName(title)}${parts.length > 1 ? ` ${part + 1}` : ''}.zip`;
      setFailure(null);
      try {
        const start = () => archiveOf(images, { find: findFile, signal, advance, onMissing });
        if (await saveStream(name, bytes, start, signal)) {
          setPart(part + 1);
          setMissing((before) => [...before, ...leftOut]);
        }
      } catch (error) {
        if (!signal.aborted) setFailure(`${inWords(error)} Begin this part again.`);
      }
    });
  return { part, missing, failure, progress, save, stop };
}

/** Returns a title without what file systems don't take. */
function fileName(title: string): string {
  return title.replace(/[\p{Control}<>:"/\\|?*]/gu, ' ').trim() || 'album';
}
