using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;

namespace OpenCvSharp.Tests.Core;

public class MatTests
{
    [Fact]
    public void A_new_matrix_says_what_it_is()
    {
        using var mat = new Mat(3, 5, MatType.CV_32FC2, new Scalar(1, 2));
        Assert.Equal((3, 5), (mat.Rows, mat.Cols));
        Assert.Equal((5, 3), (mat.Width, mat.Height));
        Assert.Equal(new Size(5, 3), mat.Size());
        Assert.Equal(MatType.CV_32FC2, mat.Type());
        Assert.Equal(MatType.CV_32F, mat.Depth());
        Assert.Equal((2, 8, 4, 40, 15), (mat.Channels(), mat.ElemSize(), mat.ElemSize1(), mat.Step(), mat.Total()));
        Assert.True(mat.IsContinuous());
        Assert.False(mat.IsSubmatrix());
        Assert.False(mat.Empty());
        Assert.Equal(2f, Marshal.PtrToStructure<float>(mat.Ptr(2, 4) + 4));
    }

    [Fact]
    public void An_empty_matrix_is_empty()
    {
        using var mat = new Mat();
        Assert.True(mat.Empty());
        Assert.Equal((0, 0, 0), (mat.Rows, mat.Cols, mat.Total()));
    }

    [Fact]
    public void Pixels_are_written_and_read_by_row_and_column()
    {
        using var mat = new Mat(2, 3, MatType.CV_8UC3, Scalar.All(0));
        mat.At<Vec3b>(1, 2) = new Vec3b(1, 2, 3);
        mat.Set(0, 1, new Vec3b(4, 5, 6));
        Assert.Equal(new Vec3b(1, 2, 3), mat.Get<Vec3b>(1, 2));
        Assert.Equal(new Vec3b(4, 5, 6), mat.At<Vec3b>(0, 1));
        Assert.Equal(new Vec3b(0, 0, 0), mat.At<Vec3b>(1, 1));
        Assert.Equal(1, mat.At<byte>(1, 2));
    }

    [Fact]
    public void A_region_shares_the_pixels_and_outlives_its_matrix()
    {
        var mat = new Mat(4, 4, MatType.CV_8UC1, new Scalar(7));
        using var region = mat[new Rect(1, 2, 3, 2)];
        region.At<byte>(0, 0) = 9;
        Assert.Equal(9, mat.At<byte>(2, 1));
        Assert.True(region.IsSubmatrix());
        Assert.False(region.IsContinuous());
        mat.Dispose();
        Assert.Equal((9, 7), (region.At<byte>(0, 0), region.At<byte>(1, 2)));
    }

    [Fact]
    public void Rows_and_columns_are_regions()
    {
        using var mat = Mat.FromArray(new[,] { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } });
        using var rows = mat.RowRange(1, 3);
        using var column = mat.Col(1);
        Assert.Equal((2, 3, 4), (rows.Rows, rows.Cols, rows.At<int>(0, 0)));
        Assert.True(column.GetArray(out int[] values));
        Assert.Equal([2, 5, 8], values);
    }

    [Fact]
    public void A_region_outside_of_the_matrix_is_refused()
    {
        using var mat = new Mat(4, 4, MatType.CV_8UC1);
        Assert.Throws<OpenCVException>(() => mat[new Rect(2, 2, 3, 3)]);
    }

    [Fact]
    public void A_clone_has_pixels_of_its_own()
    {
        using var mat = new Mat(2, 2, MatType.CV_8UC1, new Scalar(1));
        using var clone = mat.Clone();
        clone.SetTo(new Scalar(2));
        Assert.Equal((1, 2), (mat.At<byte>(0, 0), clone.At<byte>(0, 0)));
    }

    [Fact]
    public void A_mask_limits_copies_and_fills()
    {
        using var mat = Mat.FromArray(new byte[,] { { 1, 2 }, { 3, 4 } });
        using var mask = Mat.FromArray(new byte[,] { { 0, 255 }, { 255, 0 } });
        using var target = new Mat(2, 2, MatType.CV_8UC1, new Scalar(9));
        mat.CopyTo(target, mask);
        Assert.True(target.GetArray(out byte[] copied));
        Assert.Equal([9, 2, 3, 9], copied);
        target.SetTo(new Scalar(0), mask);
        Assert.True(target.GetArray(out byte[] filled));
        Assert.Equal([9, 0, 0, 9], filled);
    }

    [Fact]
    public void Conversion_scales_and_saturates()
    {
        using var mat = Mat.FromArray(-5f, 10f, 200f);
        using var bytes = new Mat();
        mat.ConvertTo(bytes, MatType.CV_8U, alpha: 2, beta: 1);
        Assert.True(bytes.GetArray(out byte[] values));
        Assert.Equal([0, 21, 255], values);
        Assert.Equal(MatType.CV_8UC1, bytes.Type());
    }

    [Fact]
    public void A_matrix_over_an_array_changes_the_array()
    {
        var pixels = new byte[6];
        using (var mat = Mat.FromPixelData(2, 3, MatType.CV_8UC1, pixels))
            mat.Set(1, 0, (byte)5);
        Assert.Equal([0, 0, 0, 5, 0, 0], pixels);
    }

    [Fact]
    public unsafe void A_matrix_over_memory_follows_the_given_step()
    {
        var pixels = new byte[] { 1, 2, 0, 0, 3, 4, 0, 0 };
        fixed (byte* data = pixels)
        {
            using var mat = Mat.FromPixelData(2, 2, MatType.CV_8UC1, (nint)data, step: 4);
            Assert.Equal((3, 4), (mat.At<byte>(1, 0), mat.At<byte>(1, 1)));
            Assert.False(mat.IsContinuous());
        }
    }

    [Fact]
    public void Reshaping_turns_channels_into_columns()
    {
        using var mat = new Mat(2, 2, MatType.CV_8UC3, new Scalar(1, 2, 3));
        using var flat = mat.Reshape(1);
        Assert.Equal((2, 6, 1), (flat.Rows, flat.Cols, flat.Channels()));
        Assert.Equal(3, flat.At<byte>(1, 5));
    }

    [Fact]
    public void Values_keep_their_order_in_and_out_of_any_matrix() => Prop.ForAll<NonNegativeInt, byte[]>((rows, row) =>
    {
        if (row.Length == 0)
            return;
        var values = Enumerable.Repeat(row, rows.Get % 5 + 1).SelectMany(r => r).ToArray();
        using var mat = new Mat(rows.Get % 5 + 1, row.Length, MatType.CV_8UC1);
        mat.SetArray(values);
        Assert.True(mat.GetArray(out byte[] back));
        Assert.Equal(values, back);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_disposed_matrix_throws_instead_of_crashing()
    {
        var mat = new Mat(2, 2, MatType.CV_8UC1);
        mat.Dispose();
        mat.Dispose();
        Assert.True(mat.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => mat.Rows);
        Assert.Throws<ObjectDisposedException>(() => mat.Clone());
        using var other = new Mat();
        Assert.Throws<ObjectDisposedException>(() => Cv2.Flip(mat, other, FlipMode.X));
    }

    [Theory]
    [InlineData(MatType.CV_8U, 3, "CV_8UC3", 16)]
    [InlineData(MatType.CV_64F, 1, "CV_64FC1", 6)]
    [InlineData(MatType.CV_32F, 7, "CV_32FC(7)", 53)]
    public void A_type_is_its_depth_and_channels(int depth, int channels, string name, int value)
    {
        var type = MatType.MakeType(depth, channels);
        Assert.Equal((depth, channels, value), (type.Depth, type.Channels, type.Value));
        Assert.Equal(name, type.ToString());
        Assert.True(type == value);
    }
}
