import { Center } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useNavigate, useRouteError } from 'react-router';
import { Problem } from '@/api/problem';
import { ErrorNotice } from '@/shared/ErrorNotice';

/** Stands in for the page when it can't start, or a part of it broke. */
export function Broken() {
  const error = useRouteError();
  const { reset } = useQueryErrorResetBoundary();
  const navigate = useNavigate();
  const again = () => {
    reset();
    if (error instanceof Problem) void navigate(0);
    else window.location.assign('/');
  };
  const title = error instanceof Problem ? 'The gallery can’t be opened right now' : 'The page has broken';
  return (
    <Center component="main" mih="80dvh">
      <ErrorNotice title={<h1>{title}</h1>} error={error} retry={again} />
    </Center>
  );
}
