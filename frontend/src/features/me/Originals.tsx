import { Anchor, Button, List, Progress, Stack, Text } from '@mantine/core';
import { IconPhotoDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { byteSize } from '@/shared/pictures/words';
import { countOf } from '@/shared/selection/useBatchTask';
import { useSettings } from '@/shared/settings';
import { findOriginals } from './findOriginals';

const ASKED_AGAIN_MS = 5000;
/** The addresses work for an hour. */
const RENEWED_MS = 30 * 60_000;

interface OriginalsProps {
  me: { pictures: number; bytes: number };
}

/** The way to take all one's originals along: said what it costs, gathered when asked for, saved file by file. */
export function Originals({ me }: OriginalsProps) {
  const [wanted, setWanted] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['originals'],
    queryFn: ({ signal }) => findOriginals(signal),
    enabled: wanted,
    refetchInterval: ({ state }) => (state.data && 'parts' in state.data ? RENEWED_MS : ASKED_AGAIN_MS),
  });
  return (
    <Stack gap="md" align="start">
      <Text>
        Your originals as ZIP files of at most 2 GB, each under its own name, with what is known of it and
        your albums. <Cost me={me} />
      </Text>
      {!wanted && (
        <Button
          variant="default"
          leftSection={<IconPhotoDown size={16} aria-hidden />}
          onClick={() => setWanted(true)}
        >
          Gather my originals
        </Button>
      )}
      {error && (
        <ErrorNotice title="Your originals can’t be had" error={error} retry={() => void refetch()} />
      )}
      {wanted && !error && data && 'parts' in data && <Parts parts={data.parts} />}
      {wanted && !error && !(data && 'parts' in data) && <Gathering {...(data ?? { done: 0, of: 0 })} />}
    </Stack>
  );
}

function Cost({ me: { pictures, bytes } }: OriginalsProps) {
  const { export_gb_dollars: rate } = useSettings();
  const charge =
    rate === null ? '' : ` It costs the gallery about $${Math.max((rate * bytes) / 1e9, 0.01).toFixed(2)}.`;
  return `${countOf(pictures)}, ${byteSize(Math.max(bytes, 1))}.${charge}`;
}

function Gathering({ done, of }: { done: number; of: number }) {
  const words = of > 0 ? `${done.toLocaleString('en')} of ${countOf(of)} gathered` : 'Gathering';
  return (
    <Stack gap="xs" w="100%">
      <Text role="status">{words}. You may leave this page and come back: it goes on.</Text>
      <Progress value={of > 0 ? (100 * done) / of : 0} aria-label="Originals gathered" />
    </Stack>
  );
}

function Parts({ parts }: { parts: readonly { url: string; bytes: number }[] }) {
  return (
    <Stack gap="xs">
      <Text role="status">They are kept for a week. “gallery import” brings them back into a gallery.</Text>
      <List>
        {parts.map(({ url, bytes }, at) => (
          <List.Item key={url.split('?')[0]}>
            <Anchor href={url} download>
              File {at + 1} of {parts.length}, {byteSize(bytes)}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
