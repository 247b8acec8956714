import datetime


def of_moment(moment: datetime.datetime):
    return moment.utctimetuple()  # refuse: PT203


print(of_moment(datetime.datetime(2020, 1, 2)))
