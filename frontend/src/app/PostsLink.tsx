import { IconMessages } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import { useSettings } from '@/shared/settings';
import classes from './Header.module.css';

/** The way to what people post; nothing where nobody can have an account. */
export function PostsLink() {
  const { identity, demo_only } = useSettings();
  if (identity === null || demo_only) return null;
  return (
    <NavLink to="/posts" className={classes.link} title="Posts">
      <IconMessages size={20} stroke={1.75} aria-hidden />
      <span className={classes.word}>Posts</span>
    </NavLink>
  );
}
