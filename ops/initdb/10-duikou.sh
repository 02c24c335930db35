#!/bin/sh
# Run once by the PostgreSQL image, as its superuser, on an empty volume: the
# server signs in as duikou, who owns the one database and is no superuser.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$DUIKOU_DB_PASSWORD" \
	--username "$POSTGRES_USER" --dbname postgres <<'END'
create role duikou login createrole password :'password';
create database duikou owner duikou template template0
	encoding 'UTF8' locale 'C.UTF-8';
END
