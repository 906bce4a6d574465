import { notifications } from '@mantine/notifications';
import { useNavigate } from 'react-router';
import { inWords } from '@/api/problem';
import { MyAccount } from '@/features/me/MyAccount';
import { forgetUploadsOf } from '@/features/upload/uploads';
import { usePerson } from '@/api/person';
import { signOut } from '@/api/session';
import { usePageTitle } from '@/shared/usePageTitle';
import { SignInFirst } from './SignInFirst';

/** One's own account. */
export function AccountPage() {
  const person = usePerson();
  const navigate = useNavigate();
  usePageTitle('Account');
  if (person === null)
    return <SignInFirst title={<h1>Account</h1>} description="Sign in to see and change it." />;
  const leave = async () => {
    try {
      await signOut();
      await navigate('/');
    } catch (error) {
      notifications.show({ color: 'red', title: 'You are still signed in', message: inWords(error) });
    }
  };
  const erased = () => {
    forgetUploadsOf(person.sub);
    notifications.show({
      message: 'Your account is closed. What is yours is being erased.',
      autoClose: 10_000,
    });
    void leave();
  };
  return <MyAccount email={person.email} onSignOut={() => void leave()} onErased={erased} />;
}
