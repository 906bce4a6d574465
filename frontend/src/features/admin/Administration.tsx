import { Tabs } from '@mantine/core';
import { useNavigate, useParams } from 'react-router';
import { PageTitle } from '@/shared/PageTitle';
import classes from './Administration.module.css';
import { AuditLog } from './AuditLog';
import { Failures } from './Failures';
import { Overview } from './Overview';
import { People } from './People';
import { Reports } from './Reports';

const PARTS = {
  overview: { name: 'Overview', Part: Overview },
  reports: { name: 'Reports', Part: Reports },
  failures: { name: 'Failures', Part: Failures },
  people: { name: 'People', Part: People },
  log: { name: 'Log', Part: AuditLog },
} as const;

type PartName = keyof typeof PARTS;

/** How the gallery is and what can be done about it, one part at a time, each with an address. */
export function Administration() {
  const { part = 'overview' } = useParams();
  const navigate = useNavigate();
  const known = Object.keys(PARTS) as PartName[];
  return (
    <div className={classes.administration}>
      <PageTitle>Administration</PageTitle>
      <Tabs
        value={part}
        onChange={(chosen) => void navigate(chosen === 'overview' ? '/admin' : `/admin/${chosen}`)}
        keepMounted={false}
      >
        <Tabs.List className={classes.parts}>
          {known.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {PARTS[name].name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {known.map((name) => {
          const { Part } = PARTS[name];
          return (
            <Tabs.Panel key={name} value={name} pt="xl">
              <Part />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </div>
  );
}
