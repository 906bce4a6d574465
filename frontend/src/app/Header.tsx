import { Anchor, Group } from '@mantine/core';
import { Link } from 'react-router';
import { UploadButton } from '@/features/upload/UploadButton';
import { mayUpload, useSettings } from '@/shared/settings';
import { ColorSchemeToggle } from './ColorSchemeToggle';
import classes from './Header.module.css';

export function Header() {
  const settings = useSettings();
  return (
    <header className={classes.header}>
      <Anchor href="#content" className={classes.skip}>
        Skip to the pictures
      </Anchor>
      <Link to="/" className={classes.name}>
        <img src="/favicon.svg" alt="" width={26} height={26} />
        Neural Gallery
      </Link>
      <Group gap="xs" wrap="nowrap">
        <ColorSchemeToggle />
        {mayUpload(settings) && <UploadButton />}
      </Group>
    </header>
  );
}
