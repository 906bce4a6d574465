import { ActionIcon, Badge, Indicator, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconAdjustments,
  IconChartBar,
  IconFolders,
  IconFingerprint,
  IconLogout,
  IconPhoto,
  IconSettings,
  IconUser,
  IconUserCircle,
  IconUsers,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { inWords } from '@/api/problem';
import { useMe } from '@/shared/people/me';
import { useNewPictures, type Visibility } from '@/shared/account/newPictures';
import type { Person } from '@/api/person';
import { signOut } from '@/api/session';
import { SHELVES } from '@/shared/pictures/shelves';
import { addressOf, SHELF_KINDS } from '@/shared/pictures/view';
import { useSettings } from '@/shared/settings';
import { openPasskeys } from './openPasskeys';
import { useChooseVisibility } from './useChooseVisibility';

/** What somebody signed in can do beyond looking. */
export default function AccountMenu({ person, onSignedOut }: { person: Person; onSignedOut: () => void }) {
  const { identity } = useSettings();
  const { data: me } = useMe();
  const [guests, invitations] = [me?.review ?? 0, me?.invitations.length ?? 0];
  const { visibility } = useNewPictures();
  const chooseVisibility = useChooseVisibility(person.sub);
  const leave = () => {
    signOut().then(onSignedOut, (error: unknown) => {
      notifications.show({ color: 'red', title: 'You are still signed in', message: inWords(error) });
    });
  };
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon
          variant="default"
          size="lg"
          radius="xl"
          aria-label={[`Account of ${person.email}`, ...waitingInWords(guests, invitations)].join(', ')}
          style={{ overflow: 'visible' }}
        >
          <Sign waiting={guests + invitations} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label maw="18rem">{person.email}</Menu.Label>
        <Menu.Item
          component={Link}
          to={addressOf({ kind: 'owner', owner: person.sub })}
          leftSection={<IconPhoto size={16} aria-hidden />}
        >
          My pictures
        </Menu.Item>
        <Albums invitations={invitations} />
        <Shelves guests={guests} />
        <People />
        {person.admin && <ForAdmins />}
        <Menu.Divider />
        <Menu.RadioGroup
          value={visibility}
          onChange={(chosen) => chooseVisibility(chosen as Visibility)}
          aria-label="New pictures"
        >
          <Menu.RadioItem value="public">New pictures: everyone sees them</Menu.RadioItem>
          <Menu.RadioItem value="private">New pictures: only I see them</Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Divider />
        {identity?.passkeys && <Passkeys />}
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={leave}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The button’s sign, with a count of what waits. */
function Sign({ waiting }: { waiting: number }) {
  return (
    <Indicator label={waiting} disabled={waiting === 0} size={16} offset={-2}>
      <IconUser size={20} stroke={1.75} aria-hidden />
    </Indicator>
  );
}

function Albums({ invitations }: { invitations: number }) {
  return (
    <Menu.Item
      component={Link}
      to="/albums"
      leftSection={<IconFolders size={16} aria-hidden />}
      rightSection={<Waiting count={invitations} />}
    >
      Albums
    </Menu.Item>
  );
}

function People() {
  return (
    <>
      <Menu.Item component={Link} to="/people/me" leftSection={<IconUserCircle size={16} aria-hidden />}>
        Your profile
      </Menu.Item>
      <Menu.Item component={Link} to="/people" leftSection={<IconUsers size={16} aria-hidden />}>
        People
      </Menu.Item>
      <Menu.Item component={Link} to="/account" leftSection={<IconSettings size={16} aria-hidden />}>
        Account
      </Menu.Item>
    </>
  );
}

function Passkeys() {
  return (
    <Menu.Item leftSection={<IconFingerprint size={16} aria-hidden />} onClick={() => void openPasskeys()}>
      Passkeys
    </Menu.Item>
  );
}

/** How many things wait, in a few words each. */
function waitingInWords(guests: number, invitations: number): string[] {
  return [
    ...(guests > 0 ? [`${guests} from guests to review`] : []),
    ...(invitations > 0 ? [`${invitations} ${invitations === 1 ? 'invitation' : 'invitations'}`] : []),
  ];
}

function Waiting({ count }: { count: number }) {
  return count > 0 && <Badge size="sm">{count.toLocaleString('en')}</Badge>;
}

function Shelves({ guests }: { guests: number }) {
  return SHELF_KINDS.map((shelf) => {
    const { name, Sign } = SHELVES[shelf];
    return (
      <Menu.Item
        key={shelf}
        component={Link}
        to={addressOf({ kind: 'shelf', shelf })}
        leftSection={<Sign size={16} aria-hidden />}
        rightSection={shelf === 'review' && <Waiting count={guests} />}
      >
        {name}
      </Menu.Item>
    );
  });
}

function ForAdmins() {
  return (
    <>
      <Menu.Item component={Link} to="/admin" leftSection={<IconAdjustments size={16} aria-hidden />}>
        Administration
      </Menu.Item>
      <Menu.Item component={Link} to="/analytics" leftSection={<IconChartBar size={16} aria-hidden />}>
        Votes on search results
      </Menu.Item>
    </>
  );
}
