import { Center } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { Problem } from '@/api/problem';
import { ErrorNotice } from '@/shared/ErrorNotice';

/** Stands in for the page when it can't start, or a part of it broke. */
export function Broken({ error }: { error: unknown }) {
  const { reset } = useQueryErrorResetBoundary();
  const again = () => {
    reset();
    if (error instanceof Problem) window.location.reload();
    else window.location.assign('/');
  };
  const title = error instanceof Problem ? 'The gallery can’t be opened right now' : 'The page has broken';
  return (
    <Center component="main" mih="80dvh">
      <ErrorNotice title={<h1>{title}</h1>} error={error} retry={again} />
    </Center>
  );
}
