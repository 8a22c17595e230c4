-- A reaction may be heard before the message that it is on is known.
create index posts_sending on posts (channel) where status = 'sending';
