import { Button, type ButtonProps } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useSettings } from '@/shared/settings';
import { openSignIn } from './openSignIn';
import classes from './SignInButton.module.css';

interface SignInButtonProps extends ButtonProps {
  /** Whether pictures can only be added by people who are signed in. */
  toAdd: boolean;
}

/** The way in; nothing where nobody can have an account. */
export function SignInButton({ toAdd, ...props }: SignInButtonProps) {
  const { identity } = useSettings();
  const [opening, setOpening] = useState(false);
  if (identity === null) return null;
  const open = async () => {
    setOpening(true);
    await openSignIn(identity);
    setOpening(false);
  };
  return (
    <Button
      variant="default"
      leftSection={<IconLogin2 size={18} aria-hidden />}
      loading={opening}
      onClick={() => void open()}
      aria-label={toAdd ? 'Sign in to add pictures' : 'Sign in'}
      {...props}
    >
      <span>Sign in{toAdd && <span className={classes.wide}> to add pictures</span>}</span>
    </Button>
  );
}
