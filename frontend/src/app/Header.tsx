import { Anchor, Group } from '@mantine/core';
import { Link, useMatch, useNavigate } from 'react-router';
import { Account } from '@/features/account/Account';
import { LayoutSwitch } from '@/features/gallery/LayoutSwitch';
import { OrderSwitch } from '@/features/gallery/OrderSwitch';
import { LabelButton } from '@/features/labels/LabelButton';
import { FilterButton } from '@/features/search/FilterButton';
import { SearchBox } from '@/features/search/SearchBox';
import { UploadButton } from '@/features/upload/UploadButton';
import { useMayUpload } from '@/shared/account/rights';
import { MoreButton } from './MoreButton';
import { PostsLink } from './PostsLink';
import classes from './Header.module.css';

export function Header() {
  const mayUpload = useMayUpload();
  const navigate = useNavigate();
  const [list, album] = [useMatch('/'), useMatch('/albums/:album')];
  const pictures = (list ?? album) !== null;
  return (
    <header className={classes.header}>
      <Anchor href="#content" className={classes.skip}>
        Skip to the pictures
      </Anchor>
      <Link to="/" className={classes.name} aria-label="Neural Gallery">
        <img src="/favicon.svg" alt="" width={26} height={26} />
        <span>Neural Gallery</span>
      </Link>
      <div className={classes.find}>
        <SearchBox />
        <LabelButton />
        <FilterButton />
        {pictures && <OrderSwitch />}
        {pictures && <LayoutSwitch />}
      </div>
      <Group gap="xs" wrap="nowrap" className={classes.actions}>
        <PostsLink />
        <MoreButton />
        <Account onSignedOut={() => void navigate('/')} />
        {mayUpload && <UploadButton />}
      </Group>
    </header>
  );
}
