import type { components } from './schema';

type Schemas = components['schemas'];

interface Size {
  width: number;
  height: number;
}

/** A picture; `sizes` and `urls.medium` are missing where the gallery has not made its renditions anew yet. */
export type Image = Schemas['Image'] & {
  sizes?: Partial<Record<'small' | 'medium' | 'large', Size | null>> | null;
  urls: { medium?: string | null };
};
export type ImageLabel = Schemas['ImageLabel'];
export type ImagePage = Schemas['ImagesAnswer'];
export type Settings = Schemas['SettingsAnswer'];
export type UploadLimits = Schemas['UploadLimits'];
export type UploadAnswer = Schemas['UploadsAnswer']['uploads'][number];
export type Ticket = Schemas['ReadyUpload'];
export type IdentitySettings = Schemas['IdentitySettings'];
export type ImageChange = Schemas['ImageChange'];
export type FeedbackPage = Schemas['FeedbackPage'];
export type QueryFeedback = Schemas['QueryFeedback'];
export type PictureCount = Schemas['PictureCount'];
export type DayCount = Schemas['DayCount'];
export type LabelCount = Schemas['LabelCount'];
export type Reason = Schemas['Why'];
export type Classification = Schemas['ClassifyAnswer'];
export type MosaicState = Schemas['MosaicState'];
export type MosaicRequest = Schemas['MosaicRequest'];
export type Stats = Schemas['StatsAnswer'];
export type FailureReport = Schemas['FailureReport'];
export type Recaption = Schemas['RecaptionAnswer'];
export type PersonSummary = Schemas['PersonSummary'];
export type Report = Schemas['Report'];
export type LogEntry = Schemas['LogEntry'];
export type Post = Schemas['Post'];
export type PostPage = Schemas['PostsAnswer'];
export type Share = Schemas['ShareLink'];
export type User = Schemas['User'];
export type UserPage = Schemas['UsersAnswer'];
export type Suggestion = Schemas['Suggestion'];
export type Me = Schemas['Me'];
export type MeChange = Schemas['ProfileChange'];
