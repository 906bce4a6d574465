import { Center, Loader } from '@mantine/core';
import { Navigate } from 'react-router';
import { usePerson } from '@/api/person';
import { useMe } from '@/shared/people/me';
import { addressOfPerson } from '@/shared/people/names';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { SignInFirst } from './SignInFirst';

/** Leads to one's own profile, whatever one is called. */
export function MyProfilePage() {
  const person = usePerson();
  const { data: me, error, refetch } = useMe();
  if (person === null)
    return <SignInFirst title={<h1>Your profile</h1>} description="Sign in to see it as others do." />;
  if (me) return <Navigate to={addressOfPerson(me.username)} replace />;
  if (error)
    return (
      <ErrorNotice title="Your profile could not be loaded" error={error} retry={() => void refetch()} />
    );
  return (
    <Center mih="60dvh">
      <Loader role="status" aria-label="Loading your profile" />
    </Center>
  );
}
