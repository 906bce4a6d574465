import { Button, FileButton, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { expectData } from '@/api/answers';
import { inWords } from '@/api/problem';
import type { UploadLimits } from '@/api/types';
import { byteSize, formatName, unturned } from '@/shared/pictures/words';
import { addFiles, type Addition } from './addFiles';
import { picturesKey } from './queries';
import { linkApi } from './visit';

const LONGEST_NAME = 60;

interface AddYoursProps {
  /** Told of the pictures that have reached the gallery, by their ids. */
  onAdded: (ids: readonly string[]) => void;
}

/** Lets a guest add pictures, once it is known what is taken. */
export function AddYours({ onAdded }: AddYoursProps) {
  const { data: settings, error } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => expectData(linkApi.GET('/api/settings', { signal })),
    staleTime: Infinity,
  });
  if (error) return <Text role="alert">{inWords(error)}</Text>;
  return settings ? <Form limits={settings.uploads} onAdded={onAdded} /> : null;
}

function Form({ limits, onAdded }: AddYoursProps & { limits: UploadLimits }) {
  const [name, setName] = useState('');
  const { additions, busy, add } = useAdding(limits, onAdded);
  return (
    <Stack component="section" aria-label="Add yours" maw="36rem" mb="lg" gap="sm">
      <TextInput
        label="Your name"
        description="Stands beside your pictures; may be left out."
        autoComplete="name"
        maxLength={LONGEST_NAME}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Text size="sm">
        Photographs are taken ({new Intl.ListFormat('en').format(limits.types.map(formatName))}), of up to{' '}
        {byteSize(limits.max_bytes)} each. Films are not. The album’s owner may look at them before others see
        them; until you close this tab you can take them back.
      </Text>
      <FileButton
        multiple
        accept={[...limits.types, ...limits.endings].join(',')}
        onChange={(files) => void add(files, name.trim() || null)}
      >
        {(button) => (
          <Button loading={busy} style={{ alignSelf: 'start' }} {...button}>
            Choose photographs
          </Button>
        )}
      </FileButton>
      {additions.length > 0 && <Outcome additions={additions} />}
    </Stack>
  );
}

/** Files on their way; one page adds one choice of files at a time. */
function useAdding(limits: UploadLimits, onAdded: AddYoursProps['onAdded']) {
  const queries = useQueryClient();
  const [additions, setAdditions] = useState<readonly Addition[]>([]);
  const [busy, setBusy] = useState(false);
  const controller = useRef(new AbortController());
  useEffect(() => {
    const current = new AbortController();
    controller.current = current;
    return () => current.abort();
  }, []);
  useWindowEvent('beforeunload', (event) => {
    if (busy) event.preventDefault();
  });
  const add = async (files: readonly File[], name: string | null) => {
    if (files.length === 0) return;
    setBusy(true);
    setAdditions(files.map((file) => ({ file, step: 'waiting', sentBytes: 0, imageId: null, detail: null })));
    const note = (file: File, news: Partial<Addition>) => {
      setAdditions((before) => before.map((known) => (known.file === file ? { ...known, ...news } : known)));
      if (news.imageId) onAdded([news.imageId]);
    };
    await addFiles(files, name, limits, note, controller.current.signal);
    setBusy(false);
    await queries.invalidateQueries({ queryKey: picturesKey });
  };
  return { additions, busy, add };
}

/** How far all files are together, and which were refused. */
function Outcome({ additions }: { additions: readonly Addition[] }) {
  const refused = additions.filter(({ step }) => step === 'refused');
  const accepted = additions.filter(({ step }) => step !== 'refused');
  const added = accepted.filter(({ step }) => step === 'added').length;
  const [bytes, sent] = accepted.reduce(
    ([all, gone], { file, sentBytes }) => [all + file.size, gone + sentBytes],
    [0, 0],
  );
  return (
    <>
      <Progress value={bytes === 0 ? 100 : (100 * sent) / bytes} aria-label="Sent so far" />
      <Text role="status" size="sm">
        {added} of {accepted.length} added{refused.length > 0 && `, ${refused.length} not taken`}.
      </Text>
      {refused.length > 0 && (
        <ul aria-label="Not taken">
          {refused.map(({ file, detail }, index) => (
            <li key={`${file.name} ${index}`}>
              <bdi>{unturned(file.name)}</bdi>: {detail}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
