import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import {
  IconKeyboard,
  IconMoon,
  IconPhotoScan,
  IconSum,
  IconSun,
  IconTags,
  type Icon,
} from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import { openKeysHelp } from './useKeysHelp';

/** The pages that belong to no list of pictures. */
const PAGES: readonly { readonly to: string; readonly words: string; readonly Sign: Icon }[] = [
  { to: '/labels', words: 'Labels', Sign: IconTags },
  { to: '/try', words: 'Try a picture', Sign: IconPhotoScan },
  { to: '/counter', words: 'Digit counter', Sign: IconSum },
];

/** The ways to what is beside the pictures, and how the page looks. Opens as soon as it is there. */
export default function MoreMenu({ button }: { button: ComponentProps<typeof ActionIcon<'button'>> }) {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  const Scheme = dark ? IconSun : IconMoon;
  return (
    <Menu defaultOpened position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon {...button} />
      </Menu.Target>
      <Menu.Dropdown>
        {PAGES.map(({ to, words, Sign }) => (
          <Menu.Item key={to} component={Link} to={to} leftSection={<Sign size={16} aria-hidden />}>
            {words}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<Scheme size={16} aria-hidden />}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {dark ? 'Use light colours' : 'Use dark colours'}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={openKeysHelp}>
          Keys
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
