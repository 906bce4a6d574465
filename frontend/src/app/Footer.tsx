import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import classes from './Footer.module.css';

/** The ways to what is beside the pictures. */
export function Footer() {
  return (
    <footer className={classes.footer}>
      <Anchor component={Link} to="/labels" size="sm" c="dimmed">
        Labels
      </Anchor>
      <Anchor component={Link} to="/try" size="sm" c="dimmed">
        Try a picture
      </Anchor>
      <Anchor component={Link} to="/counter" size="sm" c="dimmed">
        Digit counter
      </Anchor>
    </footer>
  );
}
